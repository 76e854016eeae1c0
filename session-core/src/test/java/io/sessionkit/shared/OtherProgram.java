package io.sessionkit.shared;

import java.util.ArrayList;
import java.util.List;

import io.sessionkit.contract.SetCookie;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.util.RawValue;

/**
 * A program in JavaScript with the session storage of its framework.
 */
public interface OtherProgram {

	/**
	 * Answers one request.
	 * @param secrets of its cookie, the first writes
	 * @param cookie the {@code Cookie} header; {@code null} without
	 * @param calls what it does with the session, as JSON: an array of arrays, each the
	 * name of a method and its arguments
	 * @return as JSON: the {@code results} of the calls, and {@code setCookie}
	 */
	String answer(String secrets, @Nullable String cookie, String calls);

	/** Begins a request. */
	default Visit visit(@Nullable String cookie, String... secrets) {
		return new Visit(this, JsonMapper.shared().writeValueAsString(secrets), cookie);
	}

	/**
	 * One request to the peer, call after call.
	 */
	final class Visit {

		private final OtherProgram peer;

		private final String secrets;

		private final @Nullable String cookie;

		private final List<ArrayNode> calls = new ArrayList<>();

		private Visit(OtherProgram peer, String secrets, @Nullable String cookie) {
			this.peer = peer;
			this.secrets = secrets;
			this.cookie = cookie;
		}

		/** Calls a method of the session. */
		public Visit call(String method, Object... arguments) {
			ArrayNode call = JsonMapper.shared().createArrayNode().add(method);
			for (Object argument : arguments) {
				call.add(JsonMapper.shared().valueToTree(argument));
			}
			this.calls.add(call);
			return this;
		}

		/** Calls a method with arguments that are JSON, as it is. */
		public Visit callJson(String method, String name, String json) {
			this.calls.add(JsonMapper.shared().createArrayNode().add(method).add(name).addRawValue(new RawValue(json)));
			return this;
		}

		/** Sends it, without a commit. */
		public Answer send() {
			return new Answer(JsonMapper.shared()
				.readTree(this.peer.answer(this.secrets, this.cookie,
						JsonMapper.shared().writeValueAsString(this.calls))));
		}

		/** Sends it, with a commit at the end. */
		public Answer commit() {
			return call("commit").send();
		}

	}

	/**
	 * What came back.
	 *
	 * @param json as it came
	 */
	record Answer(JsonNode json) {

		/** Returns what the calls returned. */
		public JsonNode results() {
			return this.json.get("results");
		}

		/** Returns what the only call returned that was no commit. */
		public JsonNode result() {
			return results().get(0);
		}

		/** Returns the {@code Cookie} header of the next request; {@code null}: none. */
		public @Nullable String cookie() {
			JsonNode header = this.json.get("setCookie");
			if (header == null || header.isNull()) {
				return null;
			}
			SetCookie cookie = SetCookie.of(header.stringValue());
			return cookie.value().isEmpty() ? null : cookie.name() + "=" + cookie.value();
		}

	}

}
