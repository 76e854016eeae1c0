package io.sessionkit;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a store says of its failure is passed on, but for what nobody may read. */
class SessionStorageExceptionTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					NOPERM this user has no permissions to run the 'evalsha' command | NOPERM this user has no permissions to run the 'evalsha' command
					ERROR: permission denied for table sessionkit_session | ERROR: permission denied for table sessionkit_session
					Connection refused: /127.0.0.1:6379 | Connection refused: /127.0.0.1:6379
					no access to session:0123456789abcdefghijklmnopqrstuvwxyzABCDEFG here | no access to session:... here
					no access to f1b9b3a0-3b1e-4e53-9f59-0b0b9b3b7a55 | no access to ...
					no access to abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ | no access to ...
					No suitable driver found for jdbc:x://me:abc@db:1/shop | No suitable driver found for jdbc:x://...@db:1/shop
					No suitable driver found for jdbc:x://db/shop?user=me&password=abc&ssl=on | No suitable driver found for jdbc:x://db/shop?user=me&password=...&ssl=on
					ERR unknown command 'GETRANGE', with args beginning with: 'session:x' 'my value' | ERR unknown command 'GETRANGE'
					""")
	void whatCouldBeAKeyOrAnArgumentIsLeftOut(String text, String reason) {
		assertThat(SessionStorageException.reason(new IllegalStateException(text))).isEqualTo(reason);
	}

	@Test
	void itIsTheFirstLineOfTheInnermostCause() {
		IOException inner = new IOException("disk full\n  Detail: a value");
		assertThat(SessionStorageException.reason(new IllegalStateException("outer", new UncheckedIOException(inner))))
			.isEqualTo("disk full");
		assertThat(SessionStorageException.reason(new IllegalStateException())).isEqualTo("IllegalStateException");
		assertThat(SessionStorageException.reason(new IllegalStateException("a ".repeat(500)))).hasSize(203);
	}

}
