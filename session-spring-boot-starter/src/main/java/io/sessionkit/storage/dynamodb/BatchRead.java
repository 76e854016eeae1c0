package io.sessionkit.storage.dynamodb;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;

/**
 * Reads up to a hundred items, strongly consistent. DynamoDB may answer a part of them
 * only, as much as it has capacity for, and 16 MB at most; the rest is asked for again.
 *
 * @param calls how to call
 * @param table the table
 */
record BatchRead(Calls calls, SessionTable table) {

	/** The items that are there, by their ids. */
	Map<String, Map<String, AttributeValue>> read(Collection<String> ids) {
		Map<String, Map<String, AttributeValue>> items = new HashMap<>();
		List<Map<String, AttributeValue>> open = ids.stream().map(this.table::key).toList();
		while (!open.isEmpty()) {
			BatchGetItemResponse response = answer(open);
			response.responses()
				.values()
				.forEach((answered) -> answered.forEach((item) -> items.put(this.table.id(item), item)));
			open = unprocessed(response);
		}
		return items;
	}

	private static List<Map<String, AttributeValue>> unprocessed(BatchGetItemResponse response) {
		return response.unprocessedKeys().values().stream().flatMap((open) -> open.keys().stream()).toList();
	}

	/** An answer with nothing in it is a refusal. */
	private BatchGetItemResponse answer(List<Map<String, AttributeValue>> open) {
		return this.calls.call("read", (client, limit) -> {
			BatchGetItemResponse response = client.batchGetItem((request) -> request
				.requestItems(
						Map.of(this.table.name(), KeysAndAttributes.builder().keys(open).consistentRead(true).build()))
				.overrideConfiguration(limit));
			if (unprocessed(response).size() == open.size()) {
				throw ProvisionedThroughputExceededException.builder().message("No key was processed").build();
			}
			return response;
		});
	}

}
