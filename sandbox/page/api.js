// Speaks to the sandbox's control API: one function to ask, one to act.

const ROOT = "/_sandbox";

/** What the sandbox answered when it said no. */
export class Refused extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/**
 * @param {string} path
 * @param {Record<string, string|undefined>} [query]
 * @returns {Promise<any>}
 */
export async function ask(path, query = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  const suffix = search.size ? `?${search}` : "";
  return answer(
    await reach(`${ROOT}/${path}${suffix}`, { headers: { Accept: "application/json" } }),
  );
}

/**
 * @param {string} path
 * @param {object} body
 * @returns {Promise<any>}
 */
export async function act(path, body) {
  const options = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  return answer(await reach(`${ROOT}/${path}`, options));
}

/** @param {string} path @returns {Promise<any>} */
export async function remove(path) {
  return answer(await reach(`${ROOT}/${path}`, { method: "DELETE" }));
}

/** @param {string} url @param {RequestInit} options */
async function reach(url, options) {
  try {
    return await fetch(url, options);
  } catch {
    throw new Refused("unreachable", "The sandbox does not answer. Is it still running?");
  }
}

/** @param {Response} response */
async function answer(response) {
  let body;
  try {
    body = await response.json();
  } catch {
    throw new Refused(
      "unreadable",
      `The sandbox answered ${response.status} with something that is not JSON.`,
    );
  }
  if (!response.ok || body.ok === false) {
    const code = body.error ?? String(response.status);
    throw new Refused(code, body.message ?? `The sandbox answered ${code}.`);
  }
  return body;
}
