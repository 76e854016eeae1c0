// React Router's own session storage, in the cookie, or in Redis as its documentation shows it.
const { createCookieSessionStorage, createSessionStorage } = reactRouter;

function cookieOptions(secrets) {
	return { name: "__session", secrets, path: "/", httpOnly: true, sameSite: "lax" };
}

function inRedis(secrets) {
	return createSessionStorage({
		cookie: cookieOptions(secrets),

		async createData(data, expires) {
			const id = crypto.randomUUID();
			const ttl = expires ? Math.floor((expires.getTime() - Date.now()) / 1000) : 60 * 60 * 24 * 7;
			await redis.setex(`session:${id}`, ttl, JSON.stringify(data));
			return id;
		},

		async readData(id) {
			const data = await redis.get(`session:${id}`);
			return data ? JSON.parse(data) : null;
		},

		async updateData(id, data, expires) {
			const ttl = expires ? Math.floor((expires.getTime() - Date.now()) / 1000) : 60 * 60 * 24 * 7;
			await redis.setex(`session:${id}`, ttl, JSON.stringify(data));
		},

		async deleteData(id) {
			await redis.del(`session:${id}`);
		},
	});
}

globalThis.answer = async function (secrets, cookie, calls) {
	const storage = typeof redis === "undefined"
		? createCookieSessionStorage({ cookie: cookieOptions(JSON.parse(secrets)) })
		: inRedis(JSON.parse(secrets));
	const session = await storage.getSession(cookie);
	const results = [];
	let setCookie = null;
	for (const [method, ...args] of JSON.parse(calls)) {
		if (method === "commit") {
			setCookie = await storage.commitSession(session);
		} else if (method === "destroy") {
			setCookie = await storage.destroySession(session);
		} else if (method === "data") {
			results.push(session.data);
		} else {
			results.push(session[method](...args) ?? null);
		}
	}
	return JSON.stringify({ results, setCookie });
};
