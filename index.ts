import { setImmediate as turn } from "node:timers/promises";
import { all, getOrganization, getProject, log } from "@pulumi/pulumi";
import { answerText } from "./components/delivery/answer.ts";
import { askedImages } from "./components/delivery/asked-images.ts";
import { withPipelines } from "./components/delivery/pipelines.ts";
import { planReleases } from "./components/delivery/plan.ts";
import { readRecorded } from "./components/delivery/record.ts";
import { Service } from "./components/delivery/service.ts";
import { repositoryName } from "./components/delivery/service-settings.ts";
import { stackDashboards } from "./components/delivery/stack-dashboards.ts";
import { systemsBeside, systemsOf } from "./components/delivery/system.ts";
import { GitHubRepository } from "./components/github/repository.ts";
import { resolveImages } from "./components/images/registry.ts";
import { Namespace } from "./components/kubernetes/namespace.ts";
import { mapValues } from "./components/map-values.ts";
import { AlertRouting } from "./components/observability/alert-routing.ts";
import { dashboardPlace } from "./components/observability/dashboard-place.ts";
import { Dashboards } from "./components/observability/dashboards.ts";
import { namespaceDashboards } from "./components/observability/dashboards/index.ts";
import { endRunaway } from "./components/runaway.ts";
import { quietSdkLog } from "./components/sdk-log.ts";
import { nativeStackTraces } from "./components/stack-traces.ts";
import { readSettings } from "./settings/index.ts";
import { sdkDiagnostics } from "./settings/sdk-diagnostics.ts";

endRunaway();
nativeStackTraces(sdkDiagnostics());
quietSdkLog(sdkDiagnostics());
const settings = readSettings();
const { owner, secretOf, fingerprint, instructions, now } = settings;

const [images, asked, recorded] = await Promise.all([
  resolveImages(mapValues(settings.services, (service, name) => (
    { path: `services.${name}.image`, owner, repository: repositoryName(service), settings: service.image }
  ))),
  resolveImages(askedImages(owner, instructions)),
  readRecorded(`${getOrganization()}/${getProject()}/${settings.stack}`),
]);
const place = await dashboardPlace({ settings: settings.grafana, stack: settings.stack, secretOf });
const plan = planReleases({ services: settings.services, images, asked, recorded: recorded.releases, instructions, fingerprint, now });
for (const answer of plan.answers) await log.info(answerText(answer));

const namespaces = mapValues(settings.namespaces, (namespace, name) => new Namespace(name, { settings: namespace, secretOf }));
mapValues(settings.namespaces, ({ alerts }, name) => alerts && new AlertRouting(name, { settings: alerts, namespace: namespaces[name]?.namespace ?? name, secretOf }));
await turn(); // the engine begins with these while the rest is declared
const repositories = mapValues(settings.repositories, (repository, name) => (
  new GitHubRepository(name, { owner, settings: withPipelines(owner, name, repository, settings.services), secretOf })
));
const services = mapValues(plan.services, (service, name) => new Service(name, {
  plan: service,
  owner,
  instructed: instructions.length > 0,
  namespace: namespaces[service.settings.namespace]?.namespace ?? service.settings.namespace,
  pullSecrets: namespaces[service.settings.namespace]?.pullSecrets,
  secretOf,
  dashboards: place,
}));
mapValues(namespaces, ({ namespace }, name) => new Dashboards(`${name}-capacity`, { subject: name, dashboards: namespaceDashboards({ namespace: name }), namespace, place }));
const { dashboards, home = "" } = stackDashboards(settings);
if (dashboards.length > 0) new Dashboards("stack-dashboards", { subject: settings.stack, dashboards, namespace: namespaces[home]?.namespace ?? home, place });

const declared = systemsOf(owner, repositories, services);
/** What exists, by repository: for people and for `slipway start`. */
export const systems = settings.narrowed ? systemsBeside(recorded.systems, declared) : declared;
/** What the next update continues from. */
export const releases = all({ ...(settings.narrowed ? recorded.releases : {}), ...mapValues(services, ({ release }) => release) });
