import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { commandLine, jsonLines } from "../../../components/workflows/containers/words.ts";

describe("commandLine", () => {
  it("is read back by a shell as the same words", () => {
    const word = fc.string({ unit: "binary-ascii", minLength: 1 }).filter((text) => !text.includes("\0"));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
        const read = execFileSync("bash", ["-c", String.raw`printf '%s\0' ` + commandLine(words)], { encoding: "utf8" });
        expect(read.split("\0").slice(0, -1)).toEqual(words);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    [["npm", "run", "build:all"], "npm run build:all"],
    [["python", "-c", "print('x')"], `python -c "print('x')"`],
    [["echo", "$(touch pwned)", ""], String.raw`echo "\$(touch pwned)" ''`],
    [["echo", "it's `x`"], "echo \"it's \\`x\\`\""],
  ])("quotes no more of %j than it must", (words, line) => {
    expect(commandLine(words)).toBe(line);
  });
});

describe("jsonLines", () => {
  it("writes an item a line", () => {
    expect(jsonLines([{ a: 1 }, "b"])).toBe('[\n  {"a":1},\n  "b"\n]');
  });
});
