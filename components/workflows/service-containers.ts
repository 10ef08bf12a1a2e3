import type { ServiceContainer } from "./kit/index.ts";

/** A database that tests talk to, on the runner's localhost. */
export type Database = "postgresql" | "redis" | "qdrant";

interface DatabaseContainer {
  container: ServiceContainer;
  /** Where the tests find it. */
  address: string;
}

const checks = (command: string): string => `--health-cmd "${command}" --health-interval 5s --health-timeout 5s --health-retries 12`;

/** The images by digest: a tag may move, and with it what the tests meant. */
const table: Record<Database, DatabaseContainer> = {
  postgresql: {
    container: {
      image: "postgres:16.14-alpine3.24@sha256:57c72fd2a128e416c7fcc499958864df5301e940bca0a56f58fddf30ffc07777",
      env: { POSTGRES_HOST_AUTH_METHOD: "trust" },
      ports: ["5432:5432"],
      options: checks("pg_isready -U postgres"),
    },
    address: "postgresql://postgres@localhost:5432/postgres",
  },
  redis: {
    container: {
      image: "redis:7.4.9-alpine3.21@sha256:6ab0b6e7381779332f97b8ca76193e45b0756f38d4c0dcda72dbb3c32061ab99",
      ports: ["6379:6379"],
      options: checks("redis-cli ping"),
    },
    address: "redis://localhost:6379/0",
  },
  qdrant: {
    container: {
      image: "qdrant/qdrant:v1.15.5@sha256:0fb8897412abc81d1c0430a899b9a81eb8328aa634e7242d1bc804c1fe8fe863",
      ports: ["6333:6333", "6334:6334"],
      options: checks("bash -c ':> /dev/tcp/127.0.0.1/6333'"),
    },
    address: "http://localhost:6333",
  },
};

/** Database → environment variable that holds its address. */
export type Databases = Partial<Record<Database, string | undefined>>;

/** `services` and `env` of a job that needs databases; nothing of either where it needs none. */
export function databaseParts(databases: Databases): { services?: Record<string, ServiceContainer>; env?: Record<string, string> } {
  const wanted = (Object.keys(table) as Database[]).flatMap((name) => {
    const variable = databases[name];
    return variable === undefined ? [] : [{ name, variable, ...table[name] }];
  });
  if (wanted.length === 0) return {};
  return {
    services: Object.fromEntries(wanted.map(({ name, container }) => [name, container])),
    env: Object.fromEntries(wanted.map(({ variable, address }) => [variable, address])),
  };
}
