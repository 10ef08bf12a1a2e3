import type { FieldOverride, FieldSettings, MappingResult, PanelDocument, ThresholdStep, ValueMapping } from "./panel-documents.ts";
import { formatValue } from "./units.ts";

/** What a value looks like. */
export interface Shown {
  text: string;
  /** Grafana's name of a colour, or a colour as CSS has it. */
  colour: string | undefined;
}

type Properties = Partial<Record<string, unknown>>;

/** How the values of one series or column are shown: the panel's settings and those of every override that is about it. */
export function fieldSettings({ fieldConfig }: Pick<PanelDocument, "fieldConfig">, name: string, refId?: string): FieldSettings {
  const { defaults = {}, overrides = [] } = fieldConfig ?? {};
  return overrides.filter(({ matcher }) => isAbout(matcher, name, refId)).flatMap(({ properties }) => properties).reduce<FieldSettings>((settings, { id, value }) => withProperty(settings, id, value), defaults);
}

/** `custom.lineWidth` is set in `custom`. */
function withProperty(settings: FieldSettings, id: string, value: unknown): FieldSettings {
  if (!id.startsWith("custom.")) return { ...settings, [id]: value };
  const custom: Properties = { ...settings.custom, [id.slice("custom.".length)]: value };
  return { ...settings, custom };
}

function isAbout({ id, options }: FieldOverride["matcher"], name: string, refId: string | undefined): boolean {
  switch (id) {
    case "byName":
      return options === name;
    case "byRegexp":
      return new RegExp(String(options).replace(/^\/(.*)\/[a-z]*$/s, "$1")).test(name);
    case "byFrameRefID":
      return options === refId;
    default:
      throw new RangeError(`override: is about something that this page does not know, got "${id}"; use byName, byRegexp or byFrameRefID`);
  }
}

/** The value as words, or as a number with its unit, and the colour of the threshold that it has reached. */
export function show(value: number | string | null | undefined, settings: FieldSettings): Shown {
  const mapped = mapping(value, settings.mappings ?? []);
  const plain = typeof value === "number" ? formatValue(value, settings.unit, settings.decimals) : (value ?? settings.noValue ?? "–");
  return { text: mapped?.text ?? plain, colour: mapped?.color ?? (typeof value === "number" ? colourOf(value, settings) : undefined) };
}

/** The colour of a value: fixed, or of the last threshold that it has reached; of a percentage between `min` and `max` where the thresholds are shares. */
export function colourOf(value: number, { color, max = 100, min = 0, thresholds }: FieldSettings): string | undefined {
  if (color?.mode === "fixed") return color.fixedColor;
  const compared = thresholds?.mode === "percentage" ? ((value - min) / (max - min)) * 100 : value;
  return reached(compared, thresholds?.steps ?? []);
}

function reached(value: number, steps: readonly ThresholdStep[]): string | undefined {
  return steps.filter((step) => step.value === null || value >= step.value).at(-1)?.color;
}

/** The steps as values of the field. */
export function absoluteSteps({ max = 100, min = 0, thresholds }: FieldSettings): ThresholdStep[] {
  const steps = thresholds?.steps ?? [];
  return thresholds?.mode === "percentage" ? steps.map(({ color, value }) => ({ color, value: value === null ? null : min + (value / 100) * (max - min) })) : [...steps];
}

function mapping(value: number | string | null | undefined, mappings: readonly ValueMapping[]): MappingResult | undefined {
  return mappings.map((each) => resultOf(value, each)).find((result) => result !== undefined);
}

function resultOf(value: number | string | null | undefined, each: ValueMapping): MappingResult | undefined {
  switch (each.type) {
    case "value":
      return Object.hasOwn(each.options, String(value)) ? each.options[String(value)] : undefined;
    case "range": {
      const { from, to, result } = each.options;
      return typeof value === "number" && value >= (from ?? -Infinity) && value <= (to ?? Infinity) ? result : undefined;
    }
    case "special":
      return (each.options.match === "null" || each.options.match === "null+nan") && (value === null || value === undefined) ? each.options.result : undefined;
    case "regex":
      return typeof value === "string" && new RegExp(each.options.pattern.replace(/^\/(.*)\/[a-z]*$/s, "$1")).test(value) ? each.options.result : undefined;
    default:
      return each satisfies never;
  }
}
