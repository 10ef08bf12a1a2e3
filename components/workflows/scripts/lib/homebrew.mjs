// A Homebrew formula for a Go program. Without a release it builds the newest code (brew install --HEAD); a release adds its files.
const PLACE = /^( *# Written at each release[^\n]*\n)[^]*?(?= *# End of the release\n)/m;

const SYSTEMS = { macos: "on_macos", linux: "on_linux" };
const PROCESSORS = { arm64: "on_arm", amd64: "on_intel" };

/** `my-tool` → `MyTool`, as Homebrew makes a class of a formula's file. */
export function className(program) {
  return program.replace(/(^|[-_.])([a-z0-9])/g, (_, __, letter) => letter.toUpperCase()).replaceAll("+", "x");
}

/** The formula before its first release. */
export function formula({ program, description, homepage, licence, repository, branch, source, versionVariable }) {
  return `class ${className(program)} < Formula
  desc ${ruby(description)}
  homepage ${ruby(homepage)}
  license ${ruby(licence)}

  # Written at each release by update-homebrew.yml.
  # End of the release

  head do
    url ${ruby(`${repository}.git`)}, branch: ${ruby(branch)}
    depends_on "go" => :build
  end

  def install
    if build.head?
      system "go", "build", *std_go_args(ldflags: "-s -w -X ${versionVariable}=#{version}"), ${ruby(source)}
    else
      bin.install Dir["${program}-*"].first => ${ruby(program)}
    end
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/${program} --version")
  end
end
`;
}

/** The formula with a release in it; checksums are those that the release's SHA256SUMS has, file → sum. */
export function withRelease(text, { program, version, downloads, sums }) {
  const files = Object.entries(SYSTEMS).map(([system, block]) => {
    const own = Object.entries(PROCESSORS).flatMap(([processor, inner]) => {
      const name = `${program}-${system}-${processor}`;
      return sums.has(name) ? [nested(inner, [`url ${ruby(`${downloads}/${name}`)}`, `sha256 ${ruby(sums.get(name))}`])] : [];
    });
    return own.length === 0 ? [] : nested(block, own.flatMap((lines, at) => (at === 0 ? lines : ["", ...lines])));
  });
  const blocks = files.filter((lines) => lines.length > 0);
  if (blocks.length === 0) throw new Error(`the release has no program ${program} for macOS or Linux`);
  if (!PLACE.test(text)) throw new Error("the formula has no place for a release; let the stack write it again");
  const lines = [`version ${ruby(version)}`, ...blocks.flatMap((block) => ["", ...block]), ""];
  return text.replace(PLACE, (_, first) => `${first}${lines.map((line) => (line === "" ? "\n" : `  ${line}\n`)).join("")}`);
}

function nested(head, lines) {
  return [`${head} do`, ...lines.map((line) => (line === "" ? "" : `  ${line}`)), "end"];
}

function ruby(text) {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("#", "\\#")}"`;
}
