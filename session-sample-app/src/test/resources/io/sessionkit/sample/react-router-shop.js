// A second front end of the shop, in React Router: an account page, a theme and a logout. Its session
// storage is the Redis example of React Router's documentation.
const { createSessionStorage, createStaticHandler, redirect } = reactRouter;

const WEEK = 60 * 60 * 24 * 7;

function seconds(expires) {
	return expires ? Math.floor((expires.getTime() - Date.now()) / 1000) : WEEK;
}

const { getSession, commitSession, destroySession } = createSessionStorage({
	cookie: {
		name: "__session",
		secrets: ["a s3cret of both"],
		path: "/",
		httpOnly: true,
		sameSite: "lax",
	},

	async createData(data, expires) {
		const id = crypto.randomUUID();
		await redis.setex(`session:${id}`, seconds(expires), JSON.stringify(data));
		return id;
	},

	async readData(id) {
		const data = await redis.get(`session:${id}`);
		return data ? JSON.parse(data) : null;
	},

	async updateData(id, data, expires) {
		await redis.setex(`session:${id}`, seconds(expires), JSON.stringify(data));
	},

	async deleteData(id) {
		await redis.del(`session:${id}`);
	},
});

function sessionOf(request) {
	return getSession(request.headers.get("Cookie"));
}

const routes = [
	{
		path: "/account",
		async loader({ request }) {
			const session = await sessionOf(request);
			const page = {
				user: session.get("userId") ?? null,
				theme: session.get("theme") ?? null,
				notice: session.get("notice") ?? null,
			};
			return Response.json(page, { headers: { "Set-Cookie": await commitSession(session) } });
		},
	},
	{
		path: "/theme",
		async action({ request }) {
			const session = await sessionOf(request);
			session.set("theme", (await request.formData()).get("theme"));
			session.flash("notice", "React Router has saved the theme.");
			return redirect("/account", { headers: { "Set-Cookie": await commitSession(session) } });
		},
	},
	{
		path: "/logout",
		async action({ request }) {
			const session = await sessionOf(request);
			return redirect("/account", { headers: { "Set-Cookie": await destroySession(session) } });
		},
	},
];

const handler = createStaticHandler(routes);

globalThis.answer = async function (method, path, cookie, form) {
	const request = new Request(`http://localhost${path}`, {
		method,
		headers: { Cookie: cookie, "Content-Type": "application/x-www-form-urlencoded" },
		body: method === "POST" ? form : undefined,
	});
	const response = await handler.queryRoute(request);
	return JSON.stringify({
		status: response.status,
		setCookie: response.headers.get("Set-Cookie"),
		body: await response.text(),
	});
};
