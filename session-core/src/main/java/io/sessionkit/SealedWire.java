package io.sessionkit;

import org.jspecify.annotations.Nullable;

/**
 * Our own document, which nobody else reads.
 */
enum SealedWire implements SessionWire {

	INSTANCE;

	@Override
	public boolean isShared() {
		return false;
	}

	@Override
	public @Nullable SessionDocument parse(byte[] bytes, int offset, int length) {
		return SessionDocument.parse(bytes, offset, length);
	}

	@Override
	public byte[] toBytes(SessionDocument document) {
		return document.toBytes();
	}

	@Override
	public byte[] spell(String name, byte[] json) {
		return json;
	}

	@Override
	public void requireName(String name) {
		// Values and flash never meet.
	}

}
