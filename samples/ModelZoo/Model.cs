namespace ModelZoo;

/// <summary>What a network says of itself; all of it is known when it is compiled.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Parameters">Numbers that training changes.</param>
/// <param name="MultiplyAdds">Of one prediction.</param>
/// <param name="InferenceBytes">Memory for parameters, and to predict one sample.</param>
/// <param name="ArenaBytes">That of the values between the steps of a prediction.</param>
/// <param name="WorkspaceBytes">What steps of a prediction need besides.</param>
/// <param name="ThreadBytes">What each thread works in besides.</param>
/// <param name="Summary">Its layers as a table.</param>
internal sealed record Model(string Name, long Parameters, long MultiplyAdds, long InferenceBytes, long ArenaBytes, long WorkspaceBytes, long ThreadBytes, string Summary)
{
    public static readonly IReadOnlyList<Model> All =
    [
        new(
            nameof(LeNet5), LeNet5.ParameterCount, LeNet5.MultiplyAdds,
            LeNet5.InferenceBytes, LeNet5.ArenaBytes, LeNet5.WorkspaceBytes, LeNet5.ThreadBytes, LeNet5.Summary),
        new(
            nameof(MnistCnn), MnistCnn.ParameterCount, MnistCnn.MultiplyAdds,
            MnistCnn.InferenceBytes, MnistCnn.ArenaBytes, MnistCnn.WorkspaceBytes, MnistCnn.ThreadBytes, MnistCnn.Summary),
        new(
            nameof(CifarCnn), CifarCnn.ParameterCount, CifarCnn.MultiplyAdds,
            CifarCnn.InferenceBytes, CifarCnn.ArenaBytes, CifarCnn.WorkspaceBytes, CifarCnn.ThreadBytes, CifarCnn.Summary),
        new(
            nameof(AlexNet), AlexNet.ParameterCount, AlexNet.MultiplyAdds,
            AlexNet.InferenceBytes, AlexNet.ArenaBytes, AlexNet.WorkspaceBytes, AlexNet.ThreadBytes, AlexNet.Summary),
        new(
            nameof(Vgg16), Vgg16.ParameterCount, Vgg16.MultiplyAdds,
            Vgg16.InferenceBytes, Vgg16.ArenaBytes, Vgg16.WorkspaceBytes, Vgg16.ThreadBytes, Vgg16.Summary),
        new(
            nameof(ResNet18), ResNet18.ParameterCount, ResNet18.MultiplyAdds,
            ResNet18.InferenceBytes, ResNet18.ArenaBytes, ResNet18.WorkspaceBytes, ResNet18.ThreadBytes, ResNet18.Summary),
        new(
            nameof(ResNet50), ResNet50.ParameterCount, ResNet50.MultiplyAdds,
            ResNet50.InferenceBytes, ResNet50.ArenaBytes, ResNet50.WorkspaceBytes, ResNet50.ThreadBytes, ResNet50.Summary),
        new(
            nameof(UNet), UNet.ParameterCount, UNet.MultiplyAdds,
            UNet.InferenceBytes, UNet.ArenaBytes, UNet.WorkspaceBytes, UNet.ThreadBytes, UNet.Summary),
        new(
            nameof(ResNet8), ResNet8.ParameterCount, ResNet8.MultiplyAdds,
            ResNet8.InferenceBytes, ResNet8.ArenaBytes, ResNet8.WorkspaceBytes, ResNet8.ThreadBytes, ResNet8.Summary),
        new(
            nameof(DsCnn), DsCnn.ParameterCount, DsCnn.MultiplyAdds,
            DsCnn.InferenceBytes, DsCnn.ArenaBytes, DsCnn.WorkspaceBytes, DsCnn.ThreadBytes, DsCnn.Summary),
        new(
            nameof(AnomalyAutoencoder), AnomalyAutoencoder.ParameterCount, AnomalyAutoencoder.MultiplyAdds,
            AnomalyAutoencoder.InferenceBytes, AnomalyAutoencoder.ArenaBytes, AnomalyAutoencoder.WorkspaceBytes, AnomalyAutoencoder.ThreadBytes, AnomalyAutoencoder.Summary),
        new(
            nameof(MobileNet), MobileNet.ParameterCount, MobileNet.MultiplyAdds,
            MobileNet.InferenceBytes, MobileNet.ArenaBytes, MobileNet.WorkspaceBytes, MobileNet.ThreadBytes, MobileNet.Summary),
    ];
}
