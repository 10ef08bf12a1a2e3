// Labels with a value for each user, request or moment: every value is a series that Prometheus keeps.

/** Which forbidden label a name is, in whatever spelling: user_id, userId, user.id. @param {string} name @param {readonly string[]} forbidden */
export function forbiddenLabel(name, forbidden) {
  return forbidden.find((label) => bare(label) === bare(name));
}

function bare(name) {
  return name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
}
