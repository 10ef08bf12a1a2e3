import type { ReleaseView } from "./release-view.ts";

/** One sentence, with texts of others between marks that the caller chooses. */
export function releaseText(view: ReleaseView, quote: (text: string) => string = (text) => text): string {
  return [`${headline(view, quote)}.`, ...details(view, quote)].join(" ");
}

function headline({ beside, does, image, revision, service, weight }: ReleaseView, quote: (text: string) => string): string {
  const [of, other] = [`${quote(service)}: ${quote(revision)}`, beside === undefined ? "" : ` beside ${quote(beside)}`];
  switch (does) {
    case "first":
      return `${of} is the first revision and takes all requests (${quote(shortImage(image))})`;
    case "starts-candidate":
      return `${of} starts${other} with ${weight} % of the requests (${quote(shortImage(image))})`;
    case "moves":
      return `${of} now gets ${weight} % of the requests${other}`;
    case "takes-all":
      return `${of} takes all requests at once${beside === undefined ? "" : ` from ${quote(beside)}`} (${quote(shortImage(image))})`;
    case "takes-back":
      return `${of} loses its requests${beside === undefined ? "" : ` to ${quote(beside)}`}`;
    case "ends":
      return `${of} and all that serves it go: nobody answers any more`;
    case "hands-over":
      return `${of} is handed to the controller in the cluster, which takes it through its weights (${quote(shortImage(image))})`;
    case "records":
      return `${of} keeps all requests; what is recorded of older revisions changes`;
    default:
      return does satisfies never;
  }
}

function details({ approval, atLeastSeconds, bakeSeconds, freezes, minimumRequests, stages }: ReleaseView, quote: (text: string) => string): string[] {
  if (stages.length === 0) return freezes.map(freezeText(quote));
  const pace = atLeastSeconds === undefined || atLeastSeconds === 0 ? "" : `, at least ${lengthText(atLeastSeconds)} from here to all of them`;
  const people = approval === "first-stage" ? " Somebody promotes it after the first stage." : approval === "none" ? " Nobody is asked." : "";
  const gate = minimumRequests === undefined ? "" : ` The gate wants ${minimumRequests} requests at each weight.`;
  const bake = bakeSeconds === undefined || bakeSeconds === 0 ? "" : ` The old revision stays ready ${lengthText(bakeSeconds)} longer.`;
  return [`Then ${stages.map((stage) => `${stage} %`).join(", ")}${pace}.${people}${gate}${bake}`, ...freezes.map(freezeText(quote))];
}

function freezeText(quote: (text: string) => string): (freeze: ReleaseView["freezes"][number]) => string {
  return ({ from, reason, until }) => `Nothing rises from ${quote(from)} to ${quote(until)}: ${quote(reason)}.`;
}

/** The digest's first digits are enough to tell images apart. */
function shortImage(image: string): string {
  return image.replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, "$1");
}

/** `90 s`, `45 min`, `2 h 30 min`, `3 d`. */
export function lengthText(seconds: number): string {
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return `${Math.round(hours / 24)} d`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
}
