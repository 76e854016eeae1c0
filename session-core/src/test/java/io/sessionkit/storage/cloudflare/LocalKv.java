package io.sessionkit.storage.cloudflare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.sessionkit.node.NodeProgram;
import org.jspecify.annotations.Nullable;

/**
 * A Cloudflare KV beside the tests: a namespace of workerd, in Node.js, behind the paths
 * of the REST API. The tests of one JVM share it, each with a key prefix of its own.
 */
final class LocalKv {

	static final String ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353";

	static final String NAMESPACE = "0f2ac74b498b48028cb68387c421e279";

	static final String TOKEN = "Tok-5e2d81-of-the-tests";

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");

	private static @Nullable LocalKv shared;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI baseUrl;

	private LocalKv() {
		// It ends with this JVM, when its standard input does.
		@SuppressWarnings("resource")
		NodeProgram program = NodeProgram.start("kv.js", ACCOUNT, NAMESPACE, TOKEN);
		this.baseUrl = URI.create("http://127.0.0.1:" + program.line() + "/client/v4");
	}

	static synchronized LocalKv shared() {
		if (shared == null) {
			shared = new LocalKv();
		}
		return shared;
	}

	URI baseUrl() {
		return this.baseUrl;
	}

	CloudflareKvStorageStrategy strategy(String keyPrefix, InstantSource clock) {
		return CloudflareKvStorageStrategy.builder(ACCOUNT, NAMESPACE, TOKEN)
			.baseUrl(this.baseUrl)
			.keyPrefix(keyPrefix)
			.timeout(PATIENCE)
			.clock(clock)
			.build();
	}

	void put(String name, byte[] value) {
		send(request("values/" + encoded(name)).PUT(HttpRequest.BodyPublishers.ofByteArray(value)));
	}

	byte[] get(String name) {
		return send(request("values/" + encoded(name)));
	}

	/** The keys with this prefix, each as the JSON of the API, with its expiration. */
	String keys(String prefix) {
		return new String(send(request("keys?prefix=" + encoded(prefix))), StandardCharsets.UTF_8);
	}

	/** Every key with this prefix and every value. */
	Collection<byte[]> dump(String prefix) {
		String keys = keys(prefix);
		List<byte[]> values = NAME.matcher(keys)
			.results()
			.map((found) -> get(found.group(1)))
			.collect(Collectors.toList());
		values.add(keys.getBytes(StandardCharsets.UTF_8));
		return values;
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest
			.newBuilder(URI
				.create(this.baseUrl + "/accounts/" + ACCOUNT + "/storage/kv/namespaces/" + NAMESPACE + "/" + path))
			.header("Authorization", "Bearer " + TOKEN);
	}

	private byte[] send(HttpRequest.Builder request) {
		try {
			HttpResponse<byte[]> response = this.client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
			if (response.statusCode() != 200) {
				throw new IllegalStateException("KV answered " + response.statusCode());
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
