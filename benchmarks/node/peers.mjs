// Loads a session from its cookie, adds one to a counter and commits it, again and again, by a
// session library of Node: node peers.mjs <peer> <session as JSON>. For each line of input, which
// says how many milliseconds, it prints a line of JSON with what was done in that time.
import { createInterface } from "node:readline";

import { createCookie } from "@remix-run/cookie";
import { createCookieSessionStorage as remixStorage } from "@remix-run/session/cookie-storage";
import { getIronSession } from "iron-session";
import { createCookieSessionStorage } from "react-router";

const COOKIE = "__session";
const SECRET = "J7mBq0pYwXc2sR9dKfZt4uVhN1oEgL6i";
const ATTRIBUTES = { path: "/", httpOnly: true, secure: true };
const OPERATIONS_BETWEEN_CLOCKS = 32;

// Each takes a Cookie header and a function of get and set, and returns a Set-Cookie header.
const peers = {
	"react-router"() {
		const storage = createCookieSessionStorage({
			cookie: { ...ATTRIBUTES, name: COOKIE, secrets: [SECRET], sameSite: "lax" },
		});
		return async (cookieHeader, change) => {
			const session = await storage.getSession(cookieHeader);
			change((name) => session.get(name), (name, value) => session.set(name, value));
			return storage.commitSession(session);
		};
	},

	remix() {
		const cookie = createCookie(COOKIE, { ...ATTRIBUTES, secrets: [SECRET], sameSite: "Lax" });
		const storage = remixStorage();
		return async (cookieHeader, change) => {
			const session = await storage.read(await cookie.parse(cookieHeader));
			change((name) => session.get(name), (name, value) => session.set(name, value));
			return cookie.serialize(await storage.save(session));
		};
	},

	"iron-session"() {
		const options = {
			cookieName: COOKIE,
			password: SECRET,
			cookieOptions: { ...ATTRIBUTES, sameSite: "lax" },
		};
		return async (cookieHeader, change) => {
			let setCookie;
			const request = { headers: { cookie: cookieHeader } };
			const response = { getHeader: () => undefined, setHeader: (_, values) => ([setCookie] = values) };
			const session = await getIronSession(request, response, options);
			change((name) => session[name], (name, value) => (session[name] = value));
			await session.save();
			return setCookie;
		};
	},
};

const [name, json] = process.argv.slice(2);
const payload = JSON.parse(json);
const visit = peers[name]();

// As a browser keeps it.
const pair = (setCookie) => setCookie.slice(0, setCookie.indexOf(";"));

let count = payload.count;
let cookie = pair(await visit("", (_, set) => Object.entries(payload).forEach(([key, value]) => set(key, value))));
const cookieBytes = Buffer.byteLength(cookie);

function increment(get, set) {
	if (get("user") !== payload.user || get("count") !== count) {
		throw new Error(`${name} does not keep its sessions`);
	}
	set("count", ++count);
}

async function check() {
	await visit(cookie, (get) => {
		for (const [key, value] of Object.entries({ ...payload, count })) {
			if (get(key) !== value) {
				throw new Error(`${name} has lost ${key}`);
			}
		}
	});
	const forged = cookie.slice(0, -9) + (cookie.at(-9) === "A" ? "B" : "A") + cookie.slice(-8);
	await visit(forged, (get, set) => {
		if (get("user") !== undefined) {
			throw new Error(`${name} takes a cookie that was tampered with`);
		}
		set("user", "");
	});
}

async function run(milliseconds) {
	const before = count;
	const cpu = process.cpuUsage();
	const begin = performance.now();
	let elapsed;
	do {
		for (let i = 0; i < OPERATIONS_BETWEEN_CLOCKS; i++) {
			cookie = pair(await visit(cookie, increment));
		}
		elapsed = performance.now() - begin;
	} while (elapsed < milliseconds);
	const { user, system } = process.cpuUsage(cpu);
	await check();
	return { operations: count - before, elapsedMicros: elapsed * 1000, cpuMicros: user + system };
}

for await (const line of createInterface({ input: process.stdin })) {
	console.log(JSON.stringify({
		name,
		...await run(Number(line)),
		cookieBytes,
		jsonBytes: Buffer.byteLength(JSON.stringify(payload)),
	}));
}
