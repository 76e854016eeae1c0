package io.sessionkit.cookie;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What React Router and Remix wrote, recorded.
 */
public final class InteropVectors {

	private InteropVectors() {
	}

	/** All of them. */
	public static List<Vector> all() {
		try (InputStream json = InteropVectors.class.getResourceAsStream("/io/sessionkit/interop.json")) {
			JsonNode vectors = JsonMapper.shared().readTree(Objects.requireNonNull(json)).get("vectors");
			return StreamSupport.stream(vectors.spliterator(), false).map(Vector::new).toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Those of a kind. */
	public static Stream<Vector> ofKind(String... kinds) {
		return all().stream().filter((vector) -> List.of(kinds).contains(vector.text("kind")));
	}

	/**
	 * One of them.
	 *
	 * @param json as it was recorded
	 */
	public record Vector(JsonNode json) {

		/** Returns a text; {@code null} where there is none. */
		public @Nullable String text(String name) {
			JsonNode text = this.json.get(name);
			return (text != null && text.isString()) ? text.stringValue() : null;
		}

		/** Returns whose format it is. */
		public CookieFormat format() {
			return Objects.requireNonNull(text("library")).contains("remix") ? CookieFormat.REMIX
					: CookieFormat.REACT_ROUTER;
		}

		/** Returns a cookie with the same options. */
		public SessionCookie cookie() {
			return cookie(strings("secrets"));
		}

		/** Returns a cookie with the same options and other secrets; unsigned without. */
		public SessionCookie cookie(List<String> secrets) {
			SessionCookie.Builder builder = SessionCookie.builder(Objects.requireNonNullElse(text("cookieName"), "x"))
				.format(format());
			if (!secrets.isEmpty()) {
				builder.signedWith(secrets);
			}
			JsonNode options = this.json.path("cookieOptions");
			builder.secure(options.path("secure").asBoolean(false))
				.httpOnly(options.path("httpOnly").asBoolean(false))
				.partitioned(options.path("partitioned").asBoolean(false));
			if (options.has("domain")) {
				builder.domain(options.get("domain").stringValue());
			}
			if (options.has("path")) {
				builder.path(options.get("path").stringValue());
			}
			if (options.has("sameSite")) {
				builder.sameSite(SameSite.valueOf(options.get("sameSite").stringValue().toUpperCase(Locale.ROOT)));
			}
			if (options.has("maxAge")) {
				builder.maxAge(Duration.ofSeconds(options.get("maxAge").longValue()));
			}
			return builder.build();
		}

		/** Returns the cookie's value as it is in the header. */
		public String value() {
			String header = Objects.requireNonNull(text("setCookie"));
			return header.substring(header.indexOf('=') + 1).split(";", 2)[0];
		}

		/** Returns what a commit was told. */
		public JsonNode commitOptions() {
			return this.json.path("commitOptions");
		}

		/** Returns the moment that {@link #commitOptions()} name, if any. */
		public @Nullable Instant expires() {
			JsonNode expires = commitOptions().get("expires");
			return (expires != null) ? Instant.parse(expires.stringValue()) : null;
		}

		/**
		 * Returns the header to be expected: without the one attribute that we cannot
		 * set.
		 */
		public String header() {
			return Objects.requireNonNull(text("setCookie")).replace("; Priority=High", "");
		}

		private List<String> strings(String name) {
			return StreamSupport.stream(this.json.path(name).spliterator(), false).map(JsonNode::stringValue).toList();
		}

		@Override
		public String toString() {
			return text("library") + " " + text("kind") + " " + text("name");
		}

	}

}
