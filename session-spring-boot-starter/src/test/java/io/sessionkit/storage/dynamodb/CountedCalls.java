package io.sessionkit.storage.dynamodb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * What goes over the wire, each repetition too.
 */
final class CountedCalls implements ExecutionInterceptor {

	private final List<String> operations = Collections.synchronizedList(new ArrayList<>());

	@Override
	public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
		String request = context.request().getClass().getSimpleName();
		this.operations.add(request.substring(0, request.length() - "Request".length()));
	}

	/** The operations since the last time. */
	List<String> take() {
		synchronized (this.operations) {
			List<String> taken = List.copyOf(this.operations);
			this.operations.clear();
			return taken;
		}
	}

}
