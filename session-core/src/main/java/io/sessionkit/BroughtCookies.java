package io.sessionkit;

import java.util.List;

/**
 * The cookies that a request brought.
 *
 * @param sessions one for each session, the one issued last first
 * @param any whether there was a cookie of our name at all
 * @param several whether there were more than one, be it of the same session
 */
record BroughtCookies(List<Brought> sessions, boolean any, boolean several) {

	static final BroughtCookies NONE = new BroughtCookies(List.of(), false, false);

	List<CookieId> ids() {
		return this.sessions.stream().map(Brought::id).toList();
	}

	/**
	 * One of them.
	 *
	 * @param id what it says
	 * @param payload all that it holds
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Brought(CookieId id, byte[] payload) {

		@Override
		public String toString() {
			return "Brought[" + this.payload.length + " bytes]";
		}

	}

}
