/**
 * Takes stack traces as Node gives them. The SDK asks for a whole one at each resource and has every frame looked up in source maps, which
 * costs milliseconds a resource; Node strips the types in place, so lines and columns are right without.
 */
export function nativeStackTraces(): void {
  Reflect.deleteProperty(Error, "prepareStackTrace");
}
