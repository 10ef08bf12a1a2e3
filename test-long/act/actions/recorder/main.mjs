import { fail, record, setOutput, wanted } from "./common.mjs";

record();
const { outputs = {}, fails } = wanted();
for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
if (fails) fail(fails);
