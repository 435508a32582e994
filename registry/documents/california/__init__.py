"""What California asks a developer to publish of training data: Civil Code section 3111, item by item."""
