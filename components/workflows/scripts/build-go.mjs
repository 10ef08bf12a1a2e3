// Builds a Go program for one platform: build/<program>-<platform>, with .exe where Windows asks for it. GOOS and GOARCH come from the platform.
import { mkdirSync } from "node:fs";
import { input, optional, setOutput } from "./lib/actions.mjs";
import { assetName, PLATFORM, PROGRAM, targetOf } from "./lib/platforms.mjs";
import { run } from "./lib/process.mjs";

const program = input("PROGRAM", PROGRAM, "the name of a program");
const platform = input("PLATFORM", PLATFORM, "a platform such as linux-amd64");
const source = input("SOURCE", /^\.(\/(?!\.{1,2}(\/|$))[\w.-]+)*$/, "a Go package below the root, such as ./cmd/tool");
const version = input("VERSION", /^v?[0-9A-Za-z][0-9A-Za-z.+-]{0,99}$/, "a version").replace(/^v(?=\d)/, "");
const variable = input("VERSION_VARIABLE", /^[\w./-]+\.\w+$/, "a Go variable such as main.version");
const cgo = input("CGO_ENABLED", /^[01]$/, "0 or 1");
const tags = optional("TAGS") && input("TAGS", /^[\w.,]+$/, "a list of build tags");

const { os, arch } = targetOf(platform);
const file = `build/${assetName(program, platform)}`;
mkdirSync("build", { recursive: true });
Object.assign(process.env, { GOOS: os, GOARCH: arch, CGO_ENABLED: cgo });
// No paths, no build id and no state of the checkout: the same commit and compiler give the same bytes wherever they run.
run("go", "build", "-trimpath", "-buildvcs=false", ...(tags === "" ? [] : [`-tags=${tags}`]), `-ldflags=-s -w -buildid= -X ${variable}=${version}`, "-o", file, source);
setOutput("file", file);
