package io.sessionkit.spring.test;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * What a user has who writes tests with sessions.
 */
@SpringBootApplication
class KitApplication {

}
