import * as pulumi from "@pulumi/pulumi";
import { Image } from "../images/image.ts";
import { isPinned } from "../images/reference.ts";
import { pushedImage } from "../images/registry.ts";
import { Identity } from "../kubernetes/identity.ts";
import { Revision } from "../kubernetes/revision.ts";
import type { PodsArgs } from "../kubernetes/revision.ts";
import { dashboardUid } from "../observability/dashboards/uid.ts";
import type { DashboardPlace } from "../observability/dashboard-place.ts";
import { Observability } from "../observability/observability.ts";
import type { SecretOf } from "../secrets.ts";
import type { ServicePlan } from "./plan.ts";
import { ControlledService } from "./controlled-service.ts";
import { controllerOf } from "./engine-settings.ts";
import type { FlaggerSettings } from "./engine-settings.ts";
import { withRole } from "./parts.ts";
import { recordOf } from "./record.ts";
import type { Release, RevisionRecord } from "./release-types.ts";
import { RevisionSecrets } from "./service-secrets.ts";
import { serviceLevel } from "./service-level.ts";
import { repositoryName } from "./service-settings.ts";
import { splitTraffic } from "./split-traffic.ts";
import { stageText } from "./stages.ts";

export interface ServiceArgs {
  /** Owner of the repository and of the image. */
  owner: string;
  /** The service's settings, and what `planReleases` decided of them. */
  plan: ServicePlan;
  /** Whether this update carries an instruction for any service. @default false */
  instructed?: boolean | undefined;
  /** The namespace, which has to exist first. */
  namespace: pulumi.Input<string>;
  /** Names of the namespace's registry credentials. @default none */
  pullSecrets?: pulumi.Input<string>[] | undefined;
  secretOf: SecretOf;
  /** Where its dashboards go. @default the sidecar's folder "Slipway" */
  dashboards?: DashboardPlace | undefined;
}

/** Image by digest of each revision. */
type Images = Record<string, pulumi.Output<string>>;

/** Where a service is reached, and when its stable revision's pods are there. */
interface Reached {
  hosts: string[];
  ready: pulumi.Output<unknown>;
}

/** One service: its image, its identity, each live revision as it was recorded, the traffic between them, and its dashboard. */
export class Service extends pulumi.ComponentResource {
  readonly repository: string;
  readonly namespace: string;
  /** The stable revision's image, by digest; by its tag where an update with an instruction does not wait for the build. */
  readonly image: pulumi.Output<string>;
  /** Names under which it is reached from outside. */
  readonly hosts: string[];
  readonly revisions: { id: string; weight: number }[];
  /** Where the release stands, for people. */
  readonly stage: string;
  /** Uid of the dashboard. */
  readonly dashboard: string;
  /** What the stack records; nothing while a first deployment is not ready. */
  readonly release: pulumi.Output<Release | undefined>;

  constructor(name: string, args: ServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("slipway:delivery:Service", name, {}, opts);
    const { plan: { settings, decision, recorded }, instructed = false } = args;
    const { release } = decision;
    const stable = stableOf(name, release, this);
    const images = this.images(name, args);
    const flagger = controllerOf(settings.rollout);
    const { hosts, ready } = flagger ? this.controlled(name, args, images, stable, flagger) : this.split(name, args, images, stable);
    new Observability(`${name}-observability`, {
      level: serviceLevel(name, settings),
      namespace: args.namespace,
      servicePorts: flagger ? [] : stable.specification.ports.map((port) => port.name),
      place: args.dashboards,
    }, { parent: this });

    this.repository = repositoryName(settings);
    // Plain wherever it can be: one output that waits for a resource keeps the record of all services waiting.
    this.namespace = settings.namespace;
    this.image = (instructed ? undefined : images[stable.id]) ?? pulumi.output(stable.image);
    this.hosts = hosts;
    this.revisions = release.revisions.map(({ id, weight }) => ({ id, weight }));
    this.stage = flagger ? "handed to Flagger" : stageText(release);
    this.dashboard = dashboardUid(settings.namespace, name);
    this.release = recordOf({ decision, recorded, instructed, images, ready });
    this.registerOutputs({ image: this.image, hosts: this.hosts, revisions: this.revisions, stage: this.stage, dashboard: this.dashboard });
  }

  /** By digest: as recorded, as this update builds it, or as an earlier update pushed it. */
  private images(name: string, { owner, plan, secretOf }: ServiceArgs): Images {
    const { settings, desired, decision } = plan;
    const path = `services.${name}.image`;
    const wanted = new Image(`${name}-image`, { path, owner, repository: repositoryName(settings), settings: plan.image, identity: desired.image, secretOf }, { parent: this });
    return Object.fromEntries(decision.release.revisions.map(({ id, image }) => {
      if (isPinned(image)) return [id, pulumi.output(image)];
      return [id, id === desired.id ? wanted.reference : pushedImage(image, { parent: this })];
    }));
  }

  /** Each live revision as it was recorded, and the stack's own weights between them. */
  private split(name: string, args: ServiceArgs, images: Images, stable: RevisionRecord): Reached {
    const podsOf = this.pods(name, args, images);
    const { decision: { release: { revisions } }, settings: { rollout: { unreadySeconds } } } = args.plan;
    const pods = Object.fromEntries(revisions.map((record) => [record.id, new Revision(`${name}-${record.id}`, { ...podsOf(record), unreadySeconds }, { parent: this })]));
    const { hosts } = splitTraffic(`${name}-traffic`, { ...args, service: name, stable, pods }, { parent: this });
    return { hosts, ready: pulumi.output(pods[stable.id]?.deployment.id) };
  }

  private controlled(name: string, args: ServiceArgs, images: Images, stable: RevisionRecord, flagger: FlaggerSettings): Reached {
    const { plan: { settings }, secretOf } = args;
    return new ControlledService(`${name}-controlled`, { settings, flagger, pods: this.pods(name, args, images)(stable), secretOf }, { parent: this });
  }

  private pods(name: string, args: ServiceArgs, images: Images): (record: RevisionRecord) => PodsArgs {
    const { namespace, pullSecrets, plan: { desired }, secretOf } = args;
    const identity = new Identity(`${name}-identity`, { service: name, namespace, pullSecrets }, { parent: this });
    const secrets = new RevisionSecrets({ service: name, desired, secretOf, parent: this });
    return (record) => ({
      service: name,
      namespace,
      id: record.id,
      image: images[record.id] ?? record.image,
      specification: record.specification,
      secrets: secrets.of(record),
      keepSecrets: record.id !== desired.id,
      serviceAccount: identity.serviceAccount,
    });
  }
}

function stableOf(name: string, release: Release, service: Service): RevisionRecord {
  const [stable] = withRole(release, "stable");
  if (stable !== undefined) return stable;
  throw new pulumi.ResourceError(`services.${name}: has no stable revision; restore the stack's outputs from its history`, service, true);
}
