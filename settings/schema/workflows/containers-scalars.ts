import * as z from "zod";
import { branchName, once, text } from "../scalars.ts";

export const buildPath = text(
  /^(\.|(?!\.{1,2}(\/|$))[\w@.-]+(\/(?!\.{1,2}(\/|$))[\w@.-]+)*)$/,
  "is not a path in the repository",
  "write it from the repository's root, such as packages/api, or . for the root itself",
);

/** As GitHub's path filters have it. */
export const pathGlob = text(/^!?[\w@./*?{},+-]+$/, "is not a pattern of paths", "write it from the repository's root, such as packages/api/**");

/** An argument of a command; an expression in it would be read by GitHub before the shell sees it. */
export const argument = text(/^(?!.*\$\{\{)[^\p{Cc}]{1,2000}$/u, "is not an argument", "write it in one line, without ${{ }}");

export const command = z.array(argument).min(1, "has no program; write the program and its arguments");

export const serviceName = text(/^[a-z0-9]+([._-][a-z0-9]+)*$/, "is not the name of an image", "use lower-case letters and digits with single dots, dashes or underscores between");

const listed = "is not a list with at least one entry; write one";

/** At least one branch. */
export const branches = z.tuple([branchName], branchName);

export const platforms = z.array(z.enum(["linux/amd64", "linux/arm64"], "is not a platform; write linux/amd64 or linux/arm64")).min(1, listed).refine(...once);

export const severities = z.array(z.enum(["CRITICAL", "HIGH", "MEDIUM", "LOW"], "is not a severity; write CRITICAL, HIGH, MEDIUM or LOW")).min(1, listed);
