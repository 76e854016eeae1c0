package io.sessionkit.storage.cloudflare;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import io.sessionkit.Deadline;
import org.jspecify.annotations.Nullable;

/**
 * The values of one namespace, with the three operations of the REST API to read, write
 * and delete a key-value pair.
 *
 * @see <a href=
 * "https://developers.cloudflare.com/api/resources/kv/subresources/namespaces/">KV
 * namespaces in Cloudflare's API</a>
 */
final class KvNamespace {

	private final KvCalls calls;

	private final String values;

	private final String namespaceId;

	private final String authorization;

	private final String keyPrefix;

	KvNamespace(CloudflareKvStorageStrategy.Builder options) {
		this.calls = new KvCalls(options.timeout);
		this.values = options.baseUrl + "/accounts/" + options.accountId + "/storage/kv/namespaces/"
				+ options.namespaceId + "/values/";
		this.namespaceId = options.namespaceId;
		this.authorization = "Bearer " + options.apiToken;
		this.keyPrefix = options.keyPrefix;
	}

	byte @Nullable [] get(String key, Deadline deadline) {
		HttpResponse<byte[]> response = this.calls.send(request(key, "").GET().build(), deadline);
		Answer answer = Answer.of(response);
		if (answer.isAbsentKey()) {
			return null;
		}
		require(answer, "read");
		return response.body();
	}

	void put(String key, byte[] value, long secondsToLive, Deadline deadline) {
		HttpRequest request = request(key, "?expiration_ttl=" + secondsToLive)
			.header("Content-Type", "application/octet-stream")
			.PUT(BodyPublishers.ofByteArray(value))
			.build();
		require(Answer.of(this.calls.send(request, deadline)), "written");
	}

	void delete(String key, Deadline deadline) {
		Answer answer = Answer.of(this.calls.send(request(key, "").DELETE().build(), deadline));
		if (!answer.isAbsentKey()) {
			require(answer, "deleted");
		}
	}

	private HttpRequest.Builder request(String key, String query) {
		String name = URLEncoder.encode(this.keyPrefix + key, StandardCharsets.UTF_8);
		return HttpRequest.newBuilder(URI.create(this.values + name + query))
			.header("Authorization", this.authorization);
	}

	private void require(Answer answer, String verb) {
		if (!answer.isSuccess()) {
			throw Failures.of(answer, verb, this.namespaceId);
		}
	}

}
