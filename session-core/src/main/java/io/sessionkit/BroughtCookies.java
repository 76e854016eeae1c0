package io.sessionkit;

import java.util.List;

/**
 * The cookies of a request.
 *
 * @param sessions one cookie for each session, the one issued last first
 * @param any whether there was any cookie with the name of the session cookie
 * @param several whether there were several authentic cookies, even of the same session
 */
record BroughtCookies(List<Brought> sessions, boolean any, boolean several) {

	static final BroughtCookies NONE = new BroughtCookies(List.of(), false, false);

	List<CookieId> ids() {
		return this.sessions.stream().map(Brought::id).toList();
	}

	/**
	 * One of the cookies.
	 *
	 * @param id what the cookie says about its session
	 * @param payload the whole content
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Brought(CookieId id, byte[] payload) {

		@Override
		public String toString() {
			return "Brought[" + this.payload.length + " bytes]";
		}

	}

}
