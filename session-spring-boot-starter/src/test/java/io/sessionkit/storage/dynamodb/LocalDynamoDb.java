package io.sessionkit.storage.dynamodb;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.sessionkit.node.NodeProgram;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A DynamoDB beside the tests: dynalite, in Node.js. The tests of one JVM share it, each
 * with tables of its own.
 */
public final class LocalDynamoDb {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private static @Nullable LocalDynamoDb shared;

	private static @Nullable LocalDynamoDb emulator;

	/** Held, since it ends with its standard input, as it does with this JVM. */
	@SuppressWarnings("FieldCanBeLocal")
	private final NodeProgram program;

	private final URI endpoint;

	private final DynamoDbClient client;

	private LocalDynamoDb(String... arguments) {
		this.program = NodeProgram.start("dynamodb.js", arguments);
		this.endpoint = URI.create("http://127.0.0.1:" + this.program.line());
		this.client = Clients.to(this.endpoint);
	}

	/** As DynamoDB is. */
	public static synchronized LocalDynamoDb shared() {
		if (shared == null) {
			shared = new LocalDynamoDb("old-items");
		}
		return shared;
	}

	/** As emulators are that do not return the item which fails a condition. */
	static synchronized LocalDynamoDb emulator() {
		if (emulator == null) {
			emulator = new LocalDynamoDb();
		}
		return emulator;
	}

	/** Where it listens. */
	public URI endpoint() {
		return this.endpoint;
	}

	/** A client for this server. */
	public DynamoDbClient client() {
		return this.client;
	}

	/** A strategy in a table of this name, which is made where it is missing. */
	DynamoDbStorageStrategy strategy(String table, InstantSource clock) {
		return strategy(this.client, table, clock);
	}

	static DynamoDbStorageStrategy strategy(DynamoDbClient client, String table, InstantSource clock) {
		DynamoDbStorageStrategy strategy = new DynamoDbStorageStrategy(client, table, "_idx", "_ttl", PATIENCE, clock);
		strategy.createTable();
		return strategy;
	}

	/** The stored attributes, empty for none. */
	public Map<String, AttributeValue> item(String table, String id) {
		return this.client
			.getItem((request) -> request.tableName(table)
				.key(Map.of("_idx", AttributeValue.fromS(id)))
				.consistentRead(true))
			.item();
	}

	/** Replaces what belongs to a record, by an item with these bytes alone. */
	void corrupt(String table, String id, byte[] stored) {
		Map<String, AttributeValue> item = new HashMap<>(item(table, id));
		item.put("version", AttributeValue.fromS("1"));
		item.put("body", AttributeValue.fromB(SdkBytes.fromByteArray(stored)));
		this.client.putItem((request) -> request.tableName(table).item(item));
	}

	/** Every attribute of every item. */
	Collection<byte[]> dump(String table) {
		List<byte[]> dump = new ArrayList<>();
		this.client.scanPaginator((request) -> request.tableName(table))
			.items()
			.forEach((item) -> item.forEach((name, value) -> {
				dump.add(name.getBytes(StandardCharsets.UTF_8));
				dump.add((value.b() != null) ? value.b().asByteArray()
						: value.toString().getBytes(StandardCharsets.UTF_8));
			}));
		return dump;
	}

}
