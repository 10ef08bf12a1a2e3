import * as z from "zod";
import type { PythonPackage, PythonTests } from "../../../components/workflows/verification/python-package.ts";
import { text } from "../scalars.ts";
import { command } from "./containers-scalars.ts";

const projectName = text(/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/, "is not the name of a Python project", "write it as in the index, such as my-package");
const moduleName = text(/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/, "is not the name of a Python module", "write it as it is imported, such as my_package");
const prefix = text(/^[\w./-]{0,50}$/, "is not the beginning of a tag", "use letters, digits and . _ / -, such as v");
const requirement = text(/^(?!-)[\w.,<>=!~[\]-]+$/, "is not a requirement of pip", "write one such as pytest==8.3.4, without spaces");

export const pythonVersion = text(/^3\.\d{1,2}$/, "is not a version of Python", 'write it in quotes, such as "3.12"');
export const runner = text(/^[a-z]+-(latest|\d+(\.\d+)?)(-[a-z0-9]+)*$/, "is not a runner of GitHub", "write its label, such as ubuntu-24.04");

/** Fields of a package, for families that install it. */
export const packageFields = {
  project: projectName.optional().describe("Name in the package index; the repository's name where absent"),
  module: moduleName.optional().describe("What users import; the project's name with _ for - and . where absent"),
  command: command.optional().describe("A command that it brings and that ends by itself, with arguments; absent: it brings none"),
  tagPrefix: prefix.default("v").describe("Put before a version to make a tag"),
} satisfies { [Field in keyof PythonPackage]: z.ZodType<PythonPackage[Field]> };

export const testFields = {
  install: z.array(requirement).default(["pytest"]).describe("What the tests need beside the package, as pip takes it"),
  command: command.describe("The tests: program and arguments"),
} satisfies { [Field in keyof PythonTests]: z.ZodType<PythonTests[Field]> };
