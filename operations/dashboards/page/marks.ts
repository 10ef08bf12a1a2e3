import type { AnnotationDocument } from "./documents.ts";
import { legend } from "./series.ts";
import type { Series } from "./series.ts";

interface Stretch {
  from: number;
  to: number;
}

/** Something that happened: a line over every graph, and a band where it lasted. */
export interface Mark extends Stretch {
  title: string;
  text: string;
  colour: string;
}

/** The marks of an annotation's answer: each stretch in which a series has a value that is not 0, or each moment that is its value. In milliseconds. */
export function marksOf({ iconColor = "blue", name, textFormat = "", titleFormat = "", useValueForTime = false }: AnnotationDocument, answer: readonly Series[], step: number): Mark[] {
  return answer.flatMap(({ labels, times, values }) => {
    const stretches = useValueForTime ? momentsOf(values) : stretchesOf(times, values, step);
    const title = titleFormat === "" ? name : legend(titleFormat, labels);
    return stretches.map((stretch) => ({ ...stretch, title, text: textFormat === "" ? "" : legend(textFormat, labels), colour: iconColor }));
  }).sort((left, right) => left.from - right.from);
}

function momentsOf(values: Series["values"]): Stretch[] {
  return [...new Set(values)].flatMap((value) => (value ? [{ from: value, to: value }] : []));
}

function stretchesOf(times: Series["times"], values: Series["values"], step: number): Stretch[] {
  const stretches: Stretch[] = [];
  times.forEach((time, index) => {
    if (!values[index]) return;
    const last = stretches.at(-1);
    if (last !== undefined && time - last.to <= step * 1.5) last.to = time;
    else stretches.push({ from: time, to: time });
  });
  return stretches;
}
