// Reads every dashboard that matches FILES as Grafana would, and says what is wrong in which.
import { readFileSync } from "node:fs";
import { optional } from "./lib/actions.mjs";
import { dashboardProblems, repeatedUids, uidOf } from "./lib/dashboards.mjs";
import { tellPlaces } from "./lib/places.mjs";
import { patterns, tracked } from "./lib/tracked.mjs";

const files = tracked(patterns("FILES"));
const texts = files.map((file) => readFileSync(file, "utf8"));
const branding = optional("BRANDING");
const twice = repeatedUids(texts);
const found = files.flatMap((file, at) => [
  ...dashboardProblems(texts[at], { branding }),
  ...twice.filter((uid) => uid === uidOf(texts[at])).map((uid) => `shares the uid ${uid} with another dashboard`),
].map((message) => ({ file, line: 1, message })));
tellPlaces(found, `${files.length} dashboards`, "correct the dashboards");
