/** Writes to standard output and waits until its reader has it all: a command that ends at once would cut a long text. */
export function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())));
}

/** Whether people look at it in colour. */
export function isColourful(): boolean {
  return process.stdout.isTTY === true && !process.env["NO_COLOR"];
}
