import { engineFits, engineNames } from "./service-engine.ts";
import { buildArguments } from "./service-image.ts";
import { evictions, graceCoversDrain, namesOfVariables, portsUnique, probesNamePorts, requestsWithinLimits, scalingRange, startsInTime, writableFolders } from "./service-pods.ts";
import { indicatorsNamed } from "./service-indicators.ts";
import { deploymentsHaveEnvironments, issuesAreOn } from "./service-notify.ts";
import { dashboardsUnique, latenciesAreBounds, metricsAreRead, metricsNamePorts } from "./service-observability.ts";
import { hostsUnique, namespacesDeclared, repositoriesDeclared } from "./service-references.ts";
import { candidateNeeded, exposedPort, stages, triesWithinTimeout } from "./service-traffic.ts";
import type { Rule } from "./rule.ts";

/** What has to hold across the fields of services. */
export const serviceRules: readonly Rule[] = [
  repositoriesDeclared,
  namespacesDeclared,
  hostsUnique,
  buildArguments,
  stages,
  portsUnique,
  probesNamePorts,
  startsInTime,
  namesOfVariables,
  requestsWithinLimits,
  scalingRange,
  evictions,
  graceCoversDrain,
  writableFolders,
  exposedPort,
  candidateNeeded,
  triesWithinTimeout,
  latenciesAreBounds,
  metricsNamePorts,
  metricsAreRead,
  dashboardsUnique,
  deploymentsHaveEnvironments,
  issuesAreOn,
  engineFits,
  engineNames,
  indicatorsNamed,
];
