// Cloudflare's public REST API for one KV namespace, in front of a real one in workerd.
// Prints its port, and ends when its standard input does.
import { Miniflare } from "miniflare";

const [account, namespace, token] = process.argv.slice(2);

const miniflare = new Miniflare({
  host: "127.0.0.1",
  port: 0,
  cf: false,
  compatibilityDate: "2026-07-01",
  kvNamespaces: ["KV"],
  bindings: { ACCOUNT: account, NAMESPACE: namespace, TOKEN: token },
  modules: true,
  script: `
    const answer = (status, result, ...errors) =>
      Response.json({ success: status < 400, result, errors, messages: [] }, { status });
    const failure = (status, code, message) => answer(status, null, { code, message });

    export default {
      async fetch(request, env) {
        if (request.headers.get("authorization") !== "Bearer " + env.TOKEN) {
          return failure(401, 10000, "Authentication error");
        }
        const url = new URL(request.url);
        const path = /^\\/client\\/v4\\/accounts\\/([^/]+)\\/storage\\/kv\\/namespaces\\/([^/]+)\\/(keys|values\\/([^/]+))$/
          .exec(url.pathname);
        if (path === null || path[1] !== env.ACCOUNT) {
          return failure(404, 7003, "Could not route to " + url.pathname);
        }
        if (path[2] !== env.NAMESPACE) {
          return failure(404, 10013, "namespace not found");
        }
        if (path[3] === "keys") {
          const list = await env.KV.list({ prefix: url.searchParams.get("prefix") });
          return answer(200, list.keys);
        }
        return value(request, env.KV, decodeURIComponent(path[4]), url.searchParams.get("expiration_ttl"));
      },
    };

    async function value(request, kv, key, ttl) {
      switch (request.method) {
        case "GET": {
          const value = await kv.get(key, "arrayBuffer");
          return value !== null ? new Response(value) : failure(404, 10009, "get: 'key not found'");
        }
        case "PUT":
          try {
            await kv.put(key, await request.arrayBuffer(), ttl !== null ? { expirationTtl: Number(ttl) } : {});
            return answer(200, {});
          } catch (error) {
            return failure(400, 10033, error.message);
          }
        case "DELETE":
          await kv.delete(key);
          return answer(200, {});
        default:
          return failure(405, 10405, "Method not allowed");
      }
    }
  `,
});

console.log((await miniflare.ready).port);
process.stdin.resume();
process.stdin.on("end", async () => {
  await miniflare.dispose();
  process.exit(0);
});
