/** A failure that its user can act on: the message is all they see, so it says what is wrong and what to do. */
export class Problem extends Error {
  override name = "Problem";
}
