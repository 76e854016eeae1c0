package io.sessionkit.cookie;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The options of {@link SessionCookie.Builder} that become the format of the value.
 */
abstract sealed class CookieProtection permits CookieOptions {

	private static final Logger logger = LoggerFactory.getLogger("io.sessionkit.cookie.SessionCookie");

	private @Nullable Secrets encrypting;

	private @Nullable List<String> signing;

	private CookieWire wire = CookieWire.SEALED;

	/**
	 * Encrypts values by XAES-256-GCM. The first secret writes, all read. White space
	 * around a secret does not count.
	 * @throws CookieConfigurationException if there is none, or one is blank, under 32
	 * bytes of UTF-8, a placeholder, of fewer than 8 different characters, or a
	 * repetition of fewer than 32
	 */
	public SessionCookie.Builder encryptedWith(List<String> secrets) {
		this.encrypting = Secrets.of(secrets);
		return builder();
	}

	/** As {@link #encryptedWith(List)}. */
	public SessionCookie.Builder encryptedWith(String... secrets) {
		return encryptedWith(Arrays.asList(secrets));
	}

	/**
	 * Signs values by HMAC-SHA-256; everybody can read them. The first secret writes, all
	 * read. That one is weak, by the measure of {@link #encryptedWith(List)}, is refused
	 * by {@link SessionCookie.Builder#build()}, or a warning on the wire of a peer, which
	 * signs with the white space around a secret too.
	 * @throws CookieConfigurationException if there is none, or one is blank or a
	 * placeholder
	 */
	public SessionCookie.Builder signedWith(List<String> secrets) {
		Secrets.ofAnyStrength(secrets);
		this.signing = List.copyOf(secrets);
		return builder();
	}

	/** As {@link #signedWith(List)}. */
	public SessionCookie.Builder signedWith(String... secrets) {
		return signedWith(Arrays.asList(secrets));
	}

	/**
	 * Writes and reads the cookie of a peer, which is signed and never encrypted; default
	 * {@link CookieWire#SEALED}, our own.
	 */
	public SessionCookie.Builder wire(CookieWire wire) {
		this.wire = wire;
		return builder();
	}

	abstract SessionCookie.Builder builder();

	CookieWire wire() {
		return this.wire;
	}

	/**
	 * Picks the format by the wire and the secrets that are there; warns where there are
	 * none.
	 * @throws CookieConfigurationException if they contradict each other
	 */
	ValueFormat format(String cookieName) {
		if (this.encrypting != null && this.wire != CookieWire.SEALED) {
			throw new CookieConfigurationException("secrets", "A cookie that is shared with " + this.wire.peer()
					+ " cannot be encrypted: give its secrets to signedWith, or use the sealed wire");
		}
		if (this.encrypting != null && this.signing != null) {
			throw new CookieConfigurationException("secrets",
					"A cookie is either encrypted or signed: encryption authenticates too, so leave signedWith out");
		}
		if (this.encrypting != null) {
			return AuthenticatedFormat.encrypted(cookieName, this.encrypting);
		}
		if (this.signing == null) {
			logger.warn("Cookie {} is unsigned: anybody can make its values. Give it secrets to encrypt or sign with.",
					cookieName);
			return (this.wire == CookieWire.SEALED) ? new UnsignedFormat(cookieName)
					: SharedFormat.unsigned(this.wire, cookieName);
		}
		return (this.wire == CookieWire.SEALED) ? AuthenticatedFormat.signed(cookieName, Secrets.of(this.signing))
				: SharedFormat.signed(this.wire, cookieName, this.signing);
	}

}
