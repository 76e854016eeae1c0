package io.sessionkit.spring.slice;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * What a user has who writes a slice test.
 */
@SpringBootApplication
class SliceApplication {

}
