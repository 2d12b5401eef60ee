namespace ModelZoo;

/// <summary>What a network says of itself; all of it is known when it is compiled.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Parameters">Numbers that training changes.</param>
/// <param name="MultiplyAdds">Of one prediction.</param>
/// <param name="InferenceBytes">Memory for parameters, and to predict one sample.</param>
/// <param name="Summary">Its layers as a table.</param>
internal sealed record Model(string Name, long Parameters, long MultiplyAdds, long InferenceBytes, string Summary)
{
    public static readonly IReadOnlyList<Model> All =
    [
        new(nameof(LeNet5), LeNet5.ParameterCount, LeNet5.MultiplyAdds, LeNet5.InferenceBytes, LeNet5.Summary),
        new(nameof(MnistCnn), MnistCnn.ParameterCount, MnistCnn.MultiplyAdds, MnistCnn.InferenceBytes, MnistCnn.Summary),
        new(nameof(CifarCnn), CifarCnn.ParameterCount, CifarCnn.MultiplyAdds, CifarCnn.InferenceBytes, CifarCnn.Summary),
        new(nameof(AlexNet), AlexNet.ParameterCount, AlexNet.MultiplyAdds, AlexNet.InferenceBytes, AlexNet.Summary),
        new(nameof(Vgg16), Vgg16.ParameterCount, Vgg16.MultiplyAdds, Vgg16.InferenceBytes, Vgg16.Summary),
        new(nameof(ResNet18), ResNet18.ParameterCount, ResNet18.MultiplyAdds, ResNet18.InferenceBytes, ResNet18.Summary),
        new(nameof(ResNet50), ResNet50.ParameterCount, ResNet50.MultiplyAdds, ResNet50.InferenceBytes, ResNet50.Summary),
        new(nameof(UNet), UNet.ParameterCount, UNet.MultiplyAdds, UNet.InferenceBytes, UNet.Summary),
        new(nameof(ResNet8), ResNet8.ParameterCount, ResNet8.MultiplyAdds, ResNet8.InferenceBytes, ResNet8.Summary),
        new(nameof(DsCnn), DsCnn.ParameterCount, DsCnn.MultiplyAdds, DsCnn.InferenceBytes, DsCnn.Summary),
        new(
            nameof(AnomalyAutoencoder),
            AnomalyAutoencoder.ParameterCount,
            AnomalyAutoencoder.MultiplyAdds,
            AnomalyAutoencoder.InferenceBytes,
            AnomalyAutoencoder.Summary),
        new(nameof(MobileNet), MobileNet.ParameterCount, MobileNet.MultiplyAdds, MobileNet.InferenceBytes, MobileNet.Summary),
    ];
}
