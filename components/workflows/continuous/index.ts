import { cd } from "./cd.ts";
import { ci } from "./ci.ts";
import { deploy } from "./deploy.ts";
import { docs } from "./docs.ts";

/** The families of this folder, by their key in `repositories.<name>.workflows`. */
export const continuous = { ci, cd, deploy, docs };
