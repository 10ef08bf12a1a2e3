// How a package with programs for several platforms is laid out.
import { assetName, targetOf } from "./platforms.mjs";

const AT_INSTALLATION = ["preinstall", "install", "postinstall", "preuninstall", "uninstall", "postuninstall"];

/** What npm would run on the machines of those who install the package; a package with its programs in it needs none. */
export function installScripts({ scripts = {} }) {
  return AT_INSTALLATION.filter((name) => Object.hasOwn(scripts, name));
}

/** Release file → path in the package, where the wrapper finds it: `tool-linux-amd64` → `bin/linux-x64/tool`. */
export function placesOf(program, platforms) {
  return platforms.map((platform) => {
    const { node, os } = targetOf(platform);
    return { asset: assetName(program, platform), path: `bin/${node}/${program}${os === "windows" ? ".exe" : ""}` };
  });
}

/** package.json of the bundled package: its version, its command, its programs, and where npm lets it be installed. */
export function bundled(manifest, { program, version, platforms }) {
  const targets = platforms.map((platform) => targetOf(platform).node.split("-"));
  const unique = (values) => [...new Set(values)];
  return {
    ...manifest,
    version,
    bin: { [program]: `bin/${program}.mjs` },
    files: unique([...(manifest.files ?? []).filter((path) => !/^(\.\/)?bin\b/.test(path)), "bin"]),
    os: unique(targets.map(([os]) => os)),
    cpu: unique(targets.map(([, cpu]) => cpu)),
  };
}
