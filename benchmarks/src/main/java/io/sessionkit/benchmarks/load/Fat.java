package io.sessionkit.benchmarks.load;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What makes a session large: with the rest of it as many bytes of JSON as the property
 * {@code load.fat} says.
 */
@Component
class Fat {

	/** The rest, which is the user, the counter, the cart and the names. */
	private static final int REST = 550;

	private final String fill;

	Fat(@Value("${load.fat}") int bytes) {
		this.fill = "x".repeat(bytes - REST);
	}

	/** Another one for each number. */
	String text(int number) {
		return number + this.fill;
	}

}
