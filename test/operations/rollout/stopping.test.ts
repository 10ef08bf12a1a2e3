import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { stopping, unlessStopped } from "../../../operations/rollout/stopping.ts";
import type { Stopping } from "../../../operations/rollout/stopping.ts";

let stop: Stopping | undefined;

afterEach(() => {
  stop?.close();
  jest.useRealTimers();
});

describe("a driver's stopping", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("is told by %s, at once and in the middle of a pause", async (signal) => {
    stop = stopping();
    expect([stop.stopped(), stop.signal.aborted]).toEqual([undefined, false]);
    const pauses = [stop.pause(3600), stop.pause(7200)];
    process.emit(signal);
    await Promise.all(pauses);
    expect([stop.stopped(), stop.signal.aborted]).toEqual(["operator", true]);
    await stop.pause(3600);
  });

  test("takes a second signal for the first", () => {
    stop = stopping();
    process.emit("SIGINT");
    process.emit("SIGTERM");
    process.emit("SIGINT");
    expect(stop.stopped()).toBe("operator");
  });

  test("comes when its time is up, and not before", async () => {
    jest.useFakeTimers();
    stop = stopping(60);
    const pause = stop.pause(3600);
    await jest.advanceTimersByTimeAsync(59_999);
    expect(stop.stopped()).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    await pause;
    expect(stop.stopped()).toBe("time");
    process.emit("SIGINT");
    expect(stop.stopped()).toBe("time");
  });

  test("lets a pause end by itself", async () => {
    jest.useFakeTimers();
    stop = stopping();
    let over = false;
    const pause = stop.pause(2).then(() => (over = true));
    await jest.advanceTimersByTimeAsync(1999);
    expect(over).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await pause;
    expect([over, jest.getTimerCount()]).toEqual([true, 0]);
  });

  test("gives the signals and the time back when it is closed", () => {
    jest.useFakeTimers();
    const before = process.listenerCount("SIGINT");
    stop = stopping(60);
    expect([process.listenerCount("SIGINT"), jest.getTimerCount()]).toEqual([before + 1, 1]);
    stop.close();
    expect([process.listenerCount("SIGINT"), process.listenerCount("SIGTERM"), jest.getTimerCount()]).toEqual([before, before, 0]);
  });
});

describe("work that may be left alone", () => {
  test("brings what it brings, and fails as it fails", async () => {
    const { signal } = new AbortController();
    expect(await unlessStopped(signal, async () => 7)).toBe(7);
    await expect(unlessStopped(signal, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });

  test("is left when the driver is told to stop, and whatever becomes of it", async () => {
    const told = new AbortController();
    let fail = (_: Error): void => {};
    const work = unlessStopped(told.signal, () => new Promise<number>((_, reject) => (fail = reject)));
    told.abort();
    expect(await work).toBeUndefined();
    fail(new Error("too late for anybody"));
  });

  test("is not begun after that", async () => {
    let begun = false;
    expect(await unlessStopped(AbortSignal.abort(), async () => (begun = true))).toBeUndefined();
    expect(begun).toBe(false);
  });
});
