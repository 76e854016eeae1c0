package io.sessionkit;

import io.sessionkit.cookie.CookieWire;
import org.jspecify.annotations.Nullable;

/**
 * What the content of a session looks like to others: our own document, or that of the
 * peer whose program reads it too.
 */
sealed interface SessionWire permits SealedWire, PeerWire {

	static SessionWire of(CookieWire wire) {
		return switch (wire) {
			case SEALED -> SealedWire.INSTANCE;
			case REACT_ROUTER -> new ReactRouterWire();
			case REMIX -> new RemixWire();
		};
	}

	/**
	 * Whether a peer reads and writes the content too, so that there is room for values
	 * and flash alone.
	 */
	boolean isShared();

	/**
	 * Reads a document.
	 * @return {@code null} if it is malformed in any way
	 */
	@Nullable SessionDocument parse(byte[] bytes, int offset, int length);

	byte[] toBytes(SessionDocument document);

	/**
	 * Spells the JSON of one value as the wire has it.
	 * @throws SessionSerializationException if the peer would read another value
	 */
	byte[] spell(String name, byte[] json);

	/**
	 * Checks the name of a value that is to be set.
	 * @throws IllegalArgumentException if the peer would take it for something else
	 */
	void requireName(String name);

}
