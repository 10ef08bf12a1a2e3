/** Whether a pulumi command line asks for the engine's own log, decided from its words alone. */

const LEVEL = /^(?:-[a-zA-Z]*v|--verbose(?==|$))=?(.*)$/;

/** The options, without what stands behind `--`. */
function options(line: string[]): string[] {
  const end = line.indexOf("--");
  return end < 0 ? line : line.slice(0, end);
}

/** True for any `-v` or `--verbose` above 0, and for `--logtostderr`; in doubt it is true. */
export function isVerbose(line: string[]): boolean {
  return options(line).some((word, at) => {
    if (/^--logtostderr(=(1|t|true))?$/i.test(word)) return true;
    const level = LEVEL.exec(word)?.[1];
    return level !== undefined && (level === "" ? line[at + 1] : level) !== "0";
  });
}

/** The line with the log on standard error, where it can be masked: otherwise the engine writes it to the system's temporary folder. */
export function logsToStderr(line: string[]): string[] {
  const flags = options(line);
  return ["--logtostderr", ...flags.filter((word) => !/^--logtostderr(=|$)/.test(word)), ...line.slice(flags.length)];
}
