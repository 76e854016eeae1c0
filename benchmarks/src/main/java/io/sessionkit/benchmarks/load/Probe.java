package io.sessionkit.benchmarks.load;

import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What is in every application: a page that needs no session, and how much all threads
 * have allocated.
 */
@RestController
class Probe {

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@GetMapping("/none")
	String none() {
		return "ok";
	}

	@GetMapping("/allocated")
	String allocated() {
		long sum = 0;
		for (long bytes : this.threads.getThreadAllocatedBytes(this.threads.getAllThreadIds())) {
			sum += Math.max(0, bytes);
		}
		return Long.toString(sum);
	}

}
