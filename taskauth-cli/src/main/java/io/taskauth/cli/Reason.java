package io.taskauth.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in words why a file could not be read or written. */
final class Reason {
  private Reason() {}

  static String of(IOException trouble) {
    if (trouble instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (trouble instanceof NoSuchFileException) {
      return "no such file";
    }
    if (trouble instanceof CharacterCodingException) {
      return "not a text in UTF-8";
    }
    if (trouble instanceof FileSystemException file && file.getReason() != null) {
      return file.getReason();
    }
    return trouble.getMessage() == null ? trouble.getClass().getSimpleName() : trouble.getMessage();
  }
}
