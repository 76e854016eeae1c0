package io.sessionkit.benchmarks.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The load generator <a href="https://github.com/wg/wrk">wrk</a>, which goes round the
 * cookies of all sessions on 64 connections.
 */
final class Wrk {

	static final int CONNECTIONS = 64;

	static final int FEW_CONNECTIONS = 8;

	private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");

	private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");

	private static final String SCRIPT = """
			local cookies = {}
			for line in io.lines('%s') do cookies[#cookies + 1] = line end
			local threads = 0
			function setup(thread)
			  thread:set('turn', threads * 512)
			  threads = threads + 1
			end
			local requests = {}
			function init(arguments)
			  for i, cookie in ipairs(cookies) do
			    requests[i] = wrk.format('%s', '%s', { ['Cookie'] = cookie, ['Host'] = 'localhost' })
			  end
			end
			function request()
			  turn = turn %% #requests + 1
			  return requests[turn]
			end
			""";

	private Wrk() {
	}

	/** Sends requests for some seconds. */
	static Load run(LoadProcess application, LoadPath path, int seconds, int connections)
			throws IOException, InterruptedException {
		Path cookies = Files.createTempFile("cookies", ".txt");
		Path script = Files.createTempFile("requests", ".lua");
		Files.write(cookies, application.cookies(path));
		Files.writeString(script, SCRIPT.formatted(cookies, path.method(), path.path()));
		Process wrk = new ProcessBuilder("wrk", "-t2", "-c" + connections, "-d" + seconds + "s", "-s",
				script.toString(), "http://127.0.0.1:" + application.port())
			.redirectErrorStream(true)
			.start();
		String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		wrk.waitFor();
		Files.delete(cookies);
		Files.delete(script);
		Matcher requests = REQUESTS.matcher(output);
		Matcher rate = RATE.matcher(output);
		if (!requests.find() || !rate.find() || output.contains("Non-2xx") || output.contains("Socket errors")) {
			throw new IOException("wrk says: " + output);
		}
		return new Load(Long.parseLong(requests.group(1)), Double.parseDouble(rate.group(1)));
	}

	/**
	 * What it did.
	 *
	 * @param requests that were answered
	 * @param perSecond how many in a second
	 */
	record Load(long requests, double perSecond) {

	}

}
