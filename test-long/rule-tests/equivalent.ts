/** Changes of a rule that change nothing that it can say, reviewed one by one. */
export interface Equivalent {
  /** What the marked query of the mutant looks like. */
  shown: RegExp;
  reason: string;
}

export const EQUIVALENT: readonly Equivalent[] = [
  { shown: /^«sum by → (max|avg) by» \(revision\) \(label_replace\(/, reason: "the outer sum renames a label: there is one series a revision already" },
  { shown: / or sum(?: by \(\w+\) )?\(«rate\( → (increase|irate)\(»[^*]*\* 0/, reason: "a rate and an increase are both 0 when multiplied by 0" },
  { shown: / or «sum(?: by|\() → (max|avg)(?: by|\()»[^*]*\* 0/, reason: "a sum and an extreme are both 0 when multiplied by 0" },
  { shown: / or sum[^»]*«\w+="[^"]*",? → »[^*]*\* 0\) \/ \(/, reason: "the 0 of somebody else's requests is divided by the service's own, or by nothing" },
  { shown: / or sum[^»]*«\[(?:5m\] → \[600|30m\] → \[3600|1h\] → \[7200|2h\] → \[14400|6h\] → \[43200)s\]»[^*]*\* 0\) \/ \(/, reason: "a 0 from before the window is divided by the requests of the window, or by nothing" },
  { shown: /slipway:(?:service_errors|errors|objective_failures):\w+\{[^}]*«\w+="[^"]*",? → ».*\/ \((?:sum_over_time\()?slipway:/, reason: "recorded series are divided by those with the same labels, which the other side still asks for" },
  { shown: /\/ \((?:sum_over_time\()?slipway:\w+:\w+\{[^}]*«\w+="[^"]*",? → »/, reason: "recorded series divide those with the same labels alone, which the other side still asks for" },
  { shown: /^(?:sum by \(revision\) \(label_replace\()?histogram_quantile\(.*(?:« >=  →  > »0|>= «0 → -0\.5»)/, reason: "a quantile is above 0, or no number" },
  { shown: /histogram_quantile\([\d.]+, sum by \([^)]*\) \(«rate\( → increase\(»/, reason: "a quantile of counts is that of the counts a second" },
  { shown: /(?:and|unless) «on \((?:revision)?\) → » (?:slipway:(?!service_requests:increase)|count_over_time|sum_over_time)/, reason: "what is recorded of a service has the same labels everywhere" },
  { shown: /and «on \((?:pod|horizontalpodautoscaler)\) → » max by|unless «on \(\) → » count\(/, reason: "both sides have the same label, or none" },
  { shown: /«response_code!~"5\.\.",? → »|«response_code!~"5\.\." → response_code!~"other-5\.\."»|!~«"5\.\." → "50\."»/, reason: "an answer that has failed by HTTP is in the first half of the union already" },
  { shown: /^«sum\( → avg\(»kube_pod_container_status_ready\{[^}]*\}\) == 0/, reason: "nothing is below 0: a mean is 0 where the sum is" },
  { shown: /(?:status_restarts_total|status_ready).* > «0 → 0\.5»/, reason: "pods and restarts are whole numbers" },
  { shown: /(?:horizontalpodautoscaler|poddisruptionbudget)=~"[^"]*«r\[0-9a-f\]\{10\} → |«(?:horizontalpodautoscaler|poddisruptionbudget)=~"[^"]*" → »/, reason: "the other side of the comparison asks for the object's name as well" },
];

/** Why the mutant says the same as its rule; absent when nobody claims that. */
export function equivalence({ what }: { what: string }): Equivalent | undefined {
  return EQUIVALENT.find(({ shown }) => shown.test(what));
}
