"""What people do at the desk: one verb function a use case, one transaction each."""
