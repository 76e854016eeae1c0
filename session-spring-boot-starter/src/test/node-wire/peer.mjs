// The session storages of React Router and Remix: answers a line of JSON with a line of JSON.
import { createInterface } from "node:readline";

import { createFileSessionStorage } from "@react-router/node";
import { createCookie } from "@remix-run/cookie";
import { createCookieSessionStorage } from "@remix-run/session/cookie-storage";
import { createFsSessionStorage } from "@remix-run/session/fs-storage";
import { createRedisSessionStorage } from "@remix-run/session-storage-redis";
import { createCookieSessionStorage as createReactRouterSessionStorage } from "react-router";
import { createClient } from "redis";

const [kind, place] = process.argv.slice(2);

const reactRouter = {
	open(secrets) {
		const cookie = { name: "__session", secrets, path: "/", httpOnly: true, sameSite: "lax" };
		this.storage =
			kind === "react-router-file"
				? createFileSessionStorage({ dir: place, cookie: { ...cookie, maxAge: 3600 } })
				: createReactRouterSessionStorage({ cookie });
	},

	read(cookie) {
		return this.storage.getSession(cookie);
	},

	save(session, destroyed) {
		return destroyed ? this.storage.destroySession(session) : this.storage.commitSession(session);
	},
};

const remix = {
	open(secrets) {
		this.cookie = createCookie("__session", { secrets, httpOnly: true });
	},

	async read(cookie) {
		return this.storage.read(await this.cookie.parse(cookie));
	},

	async save(session, destroyed) {
		if (destroyed) {
			session.destroy();
		}
		const value = await this.storage.save(session);
		return value == null ? null : this.cookie.serialize(value);
	},
};

let redis;
if (kind === "remix-redis") {
	redis = await createClient({ url: `redis://127.0.0.1:${place}` }).connect();
	remix.storage = createRedisSessionStorage(redis, { ttl: 3600 });
} else if (kind === "remix-fs") {
	remix.storage = createFsSessionStorage(place);
} else {
	remix.storage = createCookieSessionStorage();
}
const peer = kind.startsWith("react-router") ? reactRouter : remix;

async function answer({ secrets, cookie, calls }) {
	peer.open(secrets);
	const session = await peer.read(cookie);
	const results = [];
	let setCookie = null;
	for (const [method, ...args] of calls) {
		if (method === "commit" || method === "destroy") {
			setCookie = await peer.save(session, method === "destroy");
		} else if (method === "data") {
			results.push(session.data);
		} else {
			results.push(session[method](...args) ?? null);
		}
	}
	return { results, setCookie };
}

console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
	console.log(JSON.stringify(await answer(JSON.parse(line))));
}
redis?.destroy();
