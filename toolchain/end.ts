/** Ends as soon as all that was said is read: a call that the closed cloud still delays must not write into the next run's. */
export async function end(code: number): Promise<never> {
  // A pipe takes a long text in pieces, and an exit would cut it; a reader that is gone is an answer too.
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise<void>((resolve) => stream.write("", () => resolve()))));
  process.exit(code);
}
