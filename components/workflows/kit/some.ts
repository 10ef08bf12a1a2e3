/** A list as GitHub's types ask for it: with one item at least. */
export function some<Item>(items: readonly Item[]): [Item, ...Item[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error("a list that may not be empty is empty");
  return [first, ...rest];
}
