package io.sessionkit.shared;

import java.nio.file.Path;

import io.sessionkit.node.NodeProgram;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program of {@code src/test/node-wire} that answers a line of JSON with one.
 */
public final class ProgramInNode implements OtherProgram, AutoCloseable {

	private final NodeProgram program;

	private ProgramInNode(NodeProgram program) {
		this.program = program;
	}

	/**
	 * Starts one; skips the test visibly where that is not possible.
	 * @param kind its framework and store
	 * @param place where its store is
	 */
	public static ProgramInNode start(String kind, String place) {
		NodeProgram program = NodeProgram.startIn(Path.of("src", "test", "node-wire"), "peer.mjs", kind, place);
		if (!program.line().equals("ready")) {
			throw new IllegalStateException("The peer did not start");
		}
		return new ProgramInNode(program);
	}

	@Override
	public String answer(String secrets, @Nullable String cookie, String calls) {
		this.program.send("{\"secrets\":" + secrets + ",\"cookie\":" + JsonMapper.shared().writeValueAsString(cookie)
				+ ",\"calls\":" + calls + "}");
		return this.program.line();
	}

	@Override
	public void close() {
		this.program.close();
	}

}
