import { readFileSync } from "node:fs";
import { get as getPlain } from "node:http";
import { get as getSecure } from "node:https";
import { authorityFile } from "./folder.ts";
import type { Lab } from "./folder.ts";

/** True when an address of the lab answers 200 within two seconds. */
export function answers(lab: Lab, url: string): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const signal = AbortSignal.timeout(2000);
      const secure = url.startsWith("https:");
      const options = { signal, agent: false, ...(secure && { ca: readFileSync(authorityFile(lab.folder)), headers: { authorization: `Bearer ${lab.token}` } }) };
      const asked = (secure ? getSecure : getPlain)(url, options, (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      });
      asked.on("error", () => resolve(false));
    } catch {
      // The certificate is not written yet, so nothing can answer.
      resolve(false);
    }
  });
}
