/** What a message says, as templates of Alertmanager: for each alert what is wrong, how bad, since when, and what to do first. */

const COUNT = '{{ if gt (len .Alerts.Firing) 1 }} (and {{ len (slice .Alerts.Firing 1) }} more){{ end }}';

/** One line. */
export const TITLE = `{{ if eq .Status "firing" }}{{ with index .Alerts.Firing 0 }}{{ .Labels.severity }}: {{ .Annotations.summary }}{{ end }}${COUNT}{{ else }}over: {{ with index .Alerts 0 }}{{ .Annotations.summary }}{{ end }}{{ end }}`;

/** Where the first alert's dashboard is. */
export const LINK = "{{ (index .Alerts 0).Annotations.dashboard_url }}";

const SINCE = 'since {{ .StartsAt.UTC.Format "2006-01-02 15:04" }} UTC{{ if eq .Status "resolved" }}, over since {{ .EndsAt.UTC.Format "2006-01-02 15:04" }} UTC{{ end }}';

/** Each alert, with a line between two. */
const EACH = "{{ range $at, $alert := .Alerts }}{{ if $at }}\n\n{{ end }}";

/** For Slack, in its own markup. */
export const SLACK_TEXT = [
  `${EACH}*{{ .Annotations.summary }}*, ${SINCE}`,
  "{{ .Annotations.description }}",
  '{{ if eq .Status "firing" }}*First:* {{ .Annotations.next_step }}',
  "{{ end }}<{{ .Annotations.runbook_url }}|Runbook> · <{{ .Annotations.dashboard_url }}|Dashboard>{{ end }}",
].join("\n");

/** For a mail, as plain text. */
export const MAIL_TEXT = [
  `${EACH}{{ .Annotations.summary }}, ${SINCE}`,
  "",
  "{{ .Annotations.description }}",
  '{{ if eq .Status "firing" }}',
  "First: {{ .Annotations.next_step }}",
  "{{ end }}",
  "Runbook:   {{ .Annotations.runbook_url }}",
  "Dashboard: {{ .Annotations.dashboard_url }}{{ end }}",
].join("\n");
