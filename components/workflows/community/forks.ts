/** Condition of a job that writes: on a pull request from a fork the token may only read, whatever the permissions say. */
export const SAME_REPOSITORY = "github.event.pull_request.head.repo.full_name == github.repository";
